import { describeRealAgent } from './real-agent.js';

describeRealAgent({
  choice: { id: 'opencode' },
  provider: 'openai',
  model: 'gpt-5.1',
  native: { tool: 'write', input: { filePath: '/workspace/native.txt', content: 'by its own tool' } },
  resumes: true,
  contained: {
    write: { tool: 'bash', input: { command: "echo 'by its own tool' > own.txt", description: 'Writes it' } },
    run: { tool: 'bash', input: { command: 'sleep 0.3 && cat own.txt', description: 'Shows it' } },
  },
});
