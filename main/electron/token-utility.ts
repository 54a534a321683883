import { utilityProcess } from 'electron';
import { tokenProcessFile, utilityTokenProcess, type TokenChannel } from '../signing/token-channel.ts';

/**
 * Starts the token process under Electron. Its output is dropped, because vendor drivers print there what nobody may see; those drivers
 * are seldom signed by the same company as the program, so they must be allowed to load.
 */
export function openTokenUtility(): TokenChannel {
  return utilityTokenProcess(utilityProcess.fork(tokenProcessFile(), [], { serviceName: 'So Truong token', stdio: 'ignore', allowLoadingUnsignedLibraries: true }));
}
