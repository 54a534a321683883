import { defineModule } from '../call/module.ts';
import { printClassList } from './classes-print.ts';
import { list, open } from './classes-service.ts';

export const classesModule = defineModule('classes', { list, open, printList: printClassList });
