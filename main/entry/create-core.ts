import { readFileSync } from 'node:fs';
import { openDatabase, type Database, type DatabaseKey } from '../../db/open.ts';
import { Door } from '../call/door.ts';
import type { CoreServices, TokenPort } from '../call/services.ts';
import { FileStore } from '../kit/file-store.ts';
import type { Printer } from '../kit/print/typst-printer.ts';
import { dataFolder, deviceName } from './data-folder.ts';
import { featureModules } from './feature-modules.ts';

export interface CoreOptions {
  dataFolder: string;
  key: DatabaseKey;
  shell: CoreServices['shell'];
  token: TokenPort;
  version: string;
  /** Makes an empty database when there is none. */
  create?: boolean;
  clock?: () => Date;
}

export interface Core {
  door: Door;
  database: Database;
  services: CoreServices;
  close(): Promise<void>;
}

/** The school's database with everything that can be asked of it. Runs in the core worker, or in the command line's own process. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const folder = dataFolder(options.dataFolder);
  const device = deviceName(folder);
  const clock = options.clock ?? (() => new Date());
  const database = openDatabase(folder.database, options.key, { device, clock, create: options.create === true });
  let printer: Promise<Printer> | undefined;
  const services: CoreServices = {
    database, dataFolder: folder.root, device, version: options.version, shell: options.shell, clock, files: new FileStore(folder.files), token: options.token,
    printer: async () => {
      printer ??= import('../kit/print/typst-printer.ts').then(({ createPrinter }) => createPrinter());
      return printer;
    },
  };
  const door: Door = new Door(services, featureModules(() => door));
  return {
    door, database, services,
    close: async () => {
      await (await printer)?.close();
      database.close();
    },
  };
}

export function programVersion(): string {
  const url = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(url, 'utf8')) as { version: string }).version;
}
