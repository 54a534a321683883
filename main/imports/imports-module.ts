import { defineModule } from '../call/module.ts';
import { catalogueViews } from './catalogues.ts';
import { learnCatalogues, mappings, readCatalogues } from './catalogues-service.ts';
import { printComparison } from './comparison-print.ts';
import { apply, history, preview } from './imports-service.ts';
import { undoImport } from './imports-undo.ts';
import { mapColumn, mapValue, withdrawMapping } from './words-store.ts';

export const importsModule = defineModule('imports', {
  preview, apply, history, undo: (ctx, { importId }) => undoImport(ctx, importId),
  mappings, mapValue, mapColumn, withdrawMapping: (ctx, { mappingId }) => withdrawMapping(ctx, mappingId),
  catalogues: ({ db }) => ({ catalogues: catalogueViews(db) }), readCatalogues, learnCatalogues, printComparison,
});
