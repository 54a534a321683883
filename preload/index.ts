import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { AppEvent, Bridge } from './contract/index.ts';
import type { Result } from './contract/failure.ts';

/**
 * All that the sandboxed window can reach of the program: one way to ask, one way to be told. `contextBridge` freezes it and copies
 * every value across, so the page can neither replace a function nor reach `ipcRenderer`. The main process checks every call again.
 */
const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke('call', name, input) as Promise<Result<unknown>>,
  on: listener => {
    // The IPC event itself stays here: it carries a port back to the main process.
    const pass = (_event: IpcRendererEvent, appEvent: AppEvent): void => { listener(appEvent); };
    ipcRenderer.on('event', pass);
    return () => { ipcRenderer.off('event', pass); };
  },
};

contextBridge.exposeInMainWorld('bridge', bridge);
