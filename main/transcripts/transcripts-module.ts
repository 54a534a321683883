import { defineModule } from '../call/module.ts';
import { board, openPaper, prepare } from './transcripts-service.ts';
import { verify } from './transcripts-verify.ts';

export const transcriptsModule = defineModule('transcripts', { board, prepare, paper: openPaper, verify });
