import { defineModule } from '../call/module.ts';
import { log, run } from './exports-service.ts';

export const exportsModule = defineModule('exports', { run, log });
