import { defineModule } from '../call/module.ts';
import { list } from './staff-service.ts';

export const staffModule = defineModule('staff', { list });
