import { describeRealAgent } from './real-agent.js';

describeRealAgent({
  choice: { id: 'codex' },
  provider: 'openai',
  model: 'gpt-5.1-codex',
  native: {
    tool: 'exec_command',
    input: { cmd: 'echo by its own tool > /workspace/native.txt' },
  },
  resumes: true,
  contained: {
    write: { tool: 'exec_command', input: { cmd: "echo 'by its own tool' > own.txt" } },
    run: { tool: 'exec_command', input: { cmd: 'sleep 0.3 && cat own.txt' } },
  },
});
