import { defineModule } from '../call/module.ts';
import { log, noteList, run } from './exports-service.ts';

export const exportsModule = defineModule('exports', { run, noteList, log });
