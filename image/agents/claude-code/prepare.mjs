// Gives the agent's own program one path on every processor.
import { accessSync, constants, mkdirSync, symlinkSync } from 'node:fs';

const program = `/opt/agent/node_modules/@anthropic-ai/claude-agent-sdk-linux-${process.arch}/claude`;
accessSync(program, constants.X_OK);
mkdirSync('/opt/agent/bin');
symlinkSync(program, '/opt/agent/bin/claude');
