import { describeRealAgent } from './real-agent.js';

describeRealAgent({
  choice: { id: 'opencode' },
  provider: 'openai',
  model: 'gpt-5.1',
  native: { tool: 'write', input: { filePath: '/workspace/native.txt', content: 'by its own tool' } },
});
