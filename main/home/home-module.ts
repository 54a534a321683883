import { defineModule } from '../call/module.ts';
import { board } from './home-board.ts';
import { search } from './home-service.ts';

export const homeModule = defineModule('home', { board, search });
