import { defineModule } from '../call/module.ts';
import { start } from '../school/school-start.ts';
import { board } from './home-board.ts';
import { search } from './home-service.ts';

export const homeModule = defineModule('home', { start, board, search });
