import { describeRealAgent } from './real-agent.js';

describeRealAgent({
  choice: { id: 'claude-code' },
  provider: 'anthropic',
  model: 'claude-sonnet-4-5',
  native: { tool: 'Write', input: { file_path: '/workspace/native.txt', content: 'by its own tool' } },
  resumes: true,
  contained: {
    write: { tool: 'Write', input: { file_path: '/workspace/own.txt', content: 'by its own tool\n' } },
    run: { tool: 'Bash', input: { command: 'sleep 0.3 && cat own.txt', description: 'Shows it' } },
  },
});
