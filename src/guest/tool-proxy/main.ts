import { createServer } from 'node:http2';
import { roadMemoryMb, roadSettings, roadWindowBytes } from '../../protocol/road.js';
import { ProcessTree } from '../process/process-tree.js';
import { isSoleOwnerOfUid } from '../process/sole-owner.js';
import { StdioDuplex } from '../stdio.js';
import { loadEverything, ToolProxy } from './tool-proxy.js';

// The container's main program: HTTP/2 over stdio, and the end of stdin is the end of everything.
function main(): void {
  // While the image is made: everything is loaded once, so that its code is kept.
  if (process.argv.includes('--compile')) return void loadEverything();
  const tree = new ProcessTree(isSoleOwnerOfUid());
  const proxy = new ToolProxy(tree);
  const server = createServer({ settings: roadSettings, maxSessionMemory: roadMemoryMb });
  server.on('session', (session) => session.setLocalWindowSize(roadWindowBytes));
  server.on('stream', (stream, headers) => void proxy.serve(stream, headers[':path'] ?? ''));
  const road = new StdioDuplex();
  const leave = () => process.exit(0);
  server.on('sessionError', leave);
  road.once('end', leave);
  road.once('close', leave);
  // The last act however this program ends.
  process.once('exit', () => tree.killAllNow());
  server.emit('connection', road);
}

main();
