import { useEffect, useRef, useState } from 'react';

export interface DroppedFile {
  fileName: string;
  bytes: Uint8Array;
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/**
 * Takes a file dropped anywhere in the window while the screen is shown; answers whether one is held over it. Without this a drop beside
 * the box would make the browser leave the program and show the file.
 */
export function useWindowDrop(onFile: (file: DroppedFile) => void): boolean {
  const [isOver, setOver] = useState(false);
  const told = useRef(onFile);
  useEffect(() => { told.current = onFile; }, [onFile]);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      if (!hasFiles(event) || event.defaultPrevented) return;
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) void hand(file);
    };
    const hand = async (file: File): Promise<void> => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      told.current({ fileName: file.name.normalize('NFC'), bytes });
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return isOver;
}
