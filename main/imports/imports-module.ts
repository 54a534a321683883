import { defineModule } from '../call/module.ts';
import { apply, history, preview } from './imports-service.ts';
import { undoImport } from './imports-undo.ts';

export const importsModule = defineModule('imports', { preview, apply, history, undo: (ctx, { importId }) => undoImport(ctx, importId) });
