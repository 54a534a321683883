import { Button } from '@mantine/core';
import { IconUserSquare } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { StudentView } from '../../preload/contract/students.ts';
import { text } from '../../resources/language/language.ts';
import { api } from '../app/api.ts';
import { refresh, useRead } from '../app/queries.ts';
import { showDone, showFailure } from '../kit/toasts.tsx';
import styles from './students.module.css';

/** 3×4 cm at 300 dots per inch. */
const WIDTH = 354;
const HEIGHT = 472;
const QUALITY = 0.88;

/** Cuts the middle of a picture to three by four and shrinks it. @throws when the file is no picture the browser knows */
async function threeByFour(file: Blob): Promise<Uint8Array> {
  const picture = await createImageBitmap(file);
  const width = Math.min(picture.width, picture.height * 3 / 4);
  const height = width * 4 / 3;
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const brush = canvas.getContext('2d');
  if (brush === null) throw new Error('no canvas');
  brush.fillStyle = '#fff';
  brush.fillRect(0, 0, WIDTH, HEIGHT);
  brush.imageSmoothingQuality = 'high';
  // A face stands above the middle of a tall picture.
  brush.drawImage(picture, (picture.width - width) / 2, (picture.height - height) / 3, width, height, 0, 0, WIDTH, HEIGHT);
  picture.close();
  const blob = await new Promise<Blob | null>(resolve => { canvas.toBlob(resolve, 'image/jpeg', QUALITY); });
  if (blob === null) throw new Error('no picture');
  return new Uint8Array(await blob.arrayBuffer());
}

/** Draws bytes as a picture; its address lives as long as it is on screen. */
function Picture({ bytes, name }: { bytes: Uint8Array; name: string }) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const address = URL.createObjectURL(new Blob([bytes.slice().buffer]));
    if (image.current !== null) image.current.src = address;
    return () => { URL.revokeObjectURL(address); };
  }, [bytes]);
  return <img ref={image} alt={text('students.photoOf', { name })} />;
}

/** The pupil's photo, and the way to put another. */
export function StudentPhoto({ student, mayEdit }: { student: Pick<StudentView, 'personId' | 'enrolmentId' | 'hasPhoto' | 'name'>; mayEdit: boolean }) {
  const { personId, enrolmentId, hasPhoto, name } = student;
  const photo = useRead('students.photo', { personId, enrolmentId }, { enabled: hasPhoto });
  const bytes = hasPhoto ? photo.data?.bytes ?? null : null;
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const cut = await threeByFour(file).catch(() => null);
    // What the browser cannot read goes as it is: the program says what is wrong with it.
    const result = await api.students.savePhoto({ personId, file: { fileName: file.name.normalize('NFC'), bytes: cut ?? new Uint8Array(await file.arrayBuffer()) } });
    if (result.ok) showDone(text('students.photoSaved', { name }));
    else showFailure(result.error);
    refresh('students');
  };
  return (
    <div className={styles.photo}>
      {bytes === null ? <span className={styles.noPhoto}><IconUserSquare size={40} stroke={1} aria-hidden /></span> : <Picture bytes={bytes} name={name} />}
      {mayEdit ? (
        <>
          <Button variant="default" size="compact-sm" onClick={() => { input.current?.click(); }}>{text(hasPhoto ? 'students.photoReplace' : 'students.photoAdd')}</Button>
          <input ref={input} type="file" accept="image/jpeg,image/png" hidden aria-label={text('students.photoAdd')} onChange={event => { void take(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
        </>
      ) : null}
    </div>
  );
}
