import { defineModule } from '../call/module.ts';
import { move, movePreview, moves, undoMove } from './class-moves.ts';
import { choices, close, create, record, save } from './class-records.ts';
import { rollPreview, setDuties, setRoll } from './class-roll.ts';
import { printClassList } from './classes-print.ts';
import { list, open } from './classes-service.ts';
import { place, placement } from './placement-service.ts';

export const classesModule = defineModule('classes', {
  list, open, printList: printClassList, record, choices, create, save, close, setDuties, rollPreview, setRoll, movePreview, move, undoMove, moves, placement, place,
});
