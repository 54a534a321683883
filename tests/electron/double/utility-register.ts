import { EventEmitter } from 'node:events';

/** Gives a child process what Electron gives a utility process. */
const parentPort = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => { process.send?.(message); } });
process.on('message', (data: unknown) => { parentPort.emit('message', { data, ports: [] }); });
process.on('disconnect', () => { process.exit(0); });
Object.defineProperty(process, 'parentPort', { value: parentPort });
Object.defineProperty(process, 'type', { value: 'utility' });
