import { existsSync } from 'node:fs';
import path from 'node:path';
import known from '../../resources/token-modules/token-modules.json' with { type: 'json' };
import { libraryArchitecture } from './token-module-check.ts';

/** A driver file found on this computer. */
export interface TokenModule {
  /** The authority or chip maker it is known to come from. */
  name: string;
  file: string;
  /** False for a driver built for another processor: it is named, so that the user hears why it cannot be used. */
  loadable: boolean;
}

export interface ModuleSearch {
  platform: NodeJS.Platform;
  environment: Record<string, string | undefined>;
  architecture: string;
  exists(file: string): boolean;
  architectureOf(file: string): string | undefined;
}

const HERE: ModuleSearch = {
  platform: process.platform,
  environment: process.env,
  architecture: process.arch,
  exists: existsSync,
  architectureOf: libraryArchitecture,
};

/**
 * The token drivers of known authorities that are installed here, in the order of the list. Nothing is loaded: a driver that is
 * loaded needlessly may open windows of its own or disturb the token.
 */
export function findTokenModules(search: ModuleSearch = HERE): TokenModule[] {
  const found: TokenModule[] = [];
  const look = (name: string, file: string): void => {
    if (found.some((module) => module.file.toLowerCase() === file.toLowerCase()) || !search.exists(file)) return;
    let architecture: string | undefined;
    try {
      architecture = search.architectureOf(file);
    } catch {
      architecture = undefined;
    }
    found.push({ name, file, loadable: architecture === search.architecture });
  };
  if (search.platform === 'win32') {
    for (const authority of known.authorities) {
      const folders = [...known.windowsFolders, ...('folders' in authority ? (authority.folders ?? []) : [])];
      for (const folder of folders.map((raw) => expandVariables(raw, search.environment))) {
        if (folder !== undefined) for (const file of authority.files) look(authority.name, path.win32.join(folder, file));
      }
    }
  } else {
    for (const { name, files } of known.linux) for (const file of files) look(name, file);
  }
  return found;
}

/** `%Name%` as Windows writes it; undefined when a variable is not set. Windows does not tell upper from lower case in names. */
function expandVariables(raw: string, environment: Record<string, string | undefined>): string | undefined {
  let complete = true;
  const expanded = raw.replaceAll(/%([^%]+)%/g, (_, name: string) => {
    const key = Object.keys(environment).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
    const value = key === undefined ? undefined : environment[key];
    if (value === undefined) complete = false;
    return value ?? '';
  });
  return complete ? expanded : undefined;
}
