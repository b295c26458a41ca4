import { describeRealAgent } from './real-agent.js';

describeRealAgent({
  choice: { id: 'gemini' },
  provider: 'gemini',
  model: 'gemini-2.5-pro',
  native: { tool: 'write_file', input: { file_path: '/workspace/native.txt', content: 'by its own tool' } },
  resumes: false,
  contained: {
    write: { tool: 'write_file', input: { file_path: '/workspace/own.txt', content: 'by its own tool\n' } },
    run: { tool: 'run_shell_command', input: { command: 'sleep 0.3 && cat own.txt' } },
  },
});
