import fs from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type Module = Parameters<NodeFS['init']>[1];

interface FileSystemModule {
  NODEFS: { stream_ops: { fsync?: (stream: { nfd?: number }) => number } };
}

function teachFlush(module: unknown): void {
  (module as FileSystemModule).NODEFS.stream_ops.fsync = ({ nfd }) => {
    // Only files have a descriptor here; a new file's name becomes durable with the file's own flush on the file systems in use.
    if (nfd !== undefined) fs.fsyncSync(nfd);
    return 0;
  };
}

/**
 * PGlite's folder storage, made to survive a power cut. As delivered, PGlite runs with fsync off (`-F`) and its file system would not know how:
 * a receipt could be out at the school while the package is still in the disk's cache.
 */
class DurableFolder extends NodeFS {
  override async init(pglite: Parameters<NodeFS['init']>[0], options: Module): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pglite, options);
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...[emscriptenOpts.preRun ?? []].flat(), teachFlush] } };
  }
}

/** The embedded database in `folder`, which is made when missing. A commit is on the disk when it returns. */
export async function openEmbedded(folder: string): Promise<PGlite> {
  await mkdir(folder, { recursive: true });
  // The default method, fdatasync, does nothing in PGlite.
  const startParams = [...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'), '-c', 'wal_sync_method=fsync'];
  return PGlite.create({ fs: new DurableFolder(folder), startParams });
}
