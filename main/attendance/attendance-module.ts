import { defineModule } from '../call/module.ts';
import { printMonth } from './attendance-print.ts';
import { day, month, save, setPlan, warnings } from './attendance-service.ts';

export const attendanceModule = defineModule('attendance', { day, month, save, setPlan, warnings, printMonth });
