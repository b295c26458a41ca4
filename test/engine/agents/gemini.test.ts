import { describeRealAgent } from './real-agent.js';

describeRealAgent({
  choice: { id: 'gemini' },
  provider: 'gemini',
  model: 'gemini-2.5-pro',
  native: { tool: 'write_file', input: { file_path: '/workspace/native.txt', content: 'by its own tool' } },
});
