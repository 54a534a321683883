import { defineModule } from '../call/module.ts';
import { compute, explain, overview } from './year-end-service.ts';

export const yearEndModule = defineModule('yearEnd', { overview, compute, explain });
