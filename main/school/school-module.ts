import { defineModule } from '../call/module.ts';
import { current, home, search } from './school-service.ts';

export const schoolModule = defineModule('school', { current, home, search });
