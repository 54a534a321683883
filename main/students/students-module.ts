import { defineModule } from '../call/module.ts';
import { history, list, open, save, unmask } from './students-service.ts';

export const studentsModule = defineModule('students', { list, open, save, unmask, history });
