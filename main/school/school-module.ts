import { defineModule } from '../call/module.ts';
import { current } from './school-service.ts';

export const schoolModule = defineModule('school', { current });
