// Gives the agent's own program one path on every processor.
import { accessSync, constants, mkdirSync, symlinkSync } from 'node:fs';

const program = `/opt/agent/node_modules/opencode-linux-${process.arch}/bin/opencode`;
accessSync(program, constants.X_OK);
mkdirSync('/opt/agent/bin');
symlinkSync(program, '/opt/agent/bin/opencode');
