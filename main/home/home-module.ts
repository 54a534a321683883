import { defineModule } from '../call/module.ts';
import { board, search } from './home-service.ts';

export const homeModule = defineModule('home', { board, search });
