import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../kit/atomic-file.ts';

const Rectangle = z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() });

/** What the desktop shell remembers about this PC. Nothing of the school is in it, so it is kept in clear text. */
const Settings = z.object({
  language: z.enum(['vi', 'en']).default('vi'),
  window: Rectangle.extend({ maximized: z.boolean() }).optional(),
  /** Where the last file was saved to. */
  saveFolder: z.string().optional(),
  /** Folder URL of the update feed. Absent: the program never looks for updates. */
  updateFeed: z.string().optional(),
  /** When the feed was last read, ISO 8601. */
  updateCheckedAt: z.string().optional(),
});
export type ShellSettings = z.infer<typeof Settings>;

/** Settings of the shell in `shell-settings.json`. A file that cannot be read or understood counts as empty: it holds only comforts. */
export class SettingsFile {
  readonly #file: string;
  #settings: ShellSettings;

  constructor(folder: string) {
    this.#file = path.join(folder, 'shell-settings.json');
    this.#settings = read(this.#file);
  }

  get current(): Readonly<ShellSettings> {
    return this.#settings;
  }

  update(change: Partial<ShellSettings>): void {
    this.#settings = { ...this.#settings, ...change };
    writeFileAtomic(this.#file, Buffer.from(`${JSON.stringify(this.#settings, null, 2)}\n`, 'utf8'));
  }
}

function read(file: string): ShellSettings {
  if (!existsSync(file)) return Settings.parse({});
  try {
    return Settings.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return Settings.parse({});
  }
}
