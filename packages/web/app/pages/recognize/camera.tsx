import { useEffect, useRef, useState } from 'react';
import { texts as common } from '../../shell/texts.ts';
import { useTexts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './camera.module.css';
import { texts } from './texts.ts';

/** Browsers lend a camera to pages of a secure origin alone: TLS, or this machine. */
export const hasCamera = 'mediaDevices' in navigator;

/** A picture of a video, as a file. */
async function pictureOf(video: HTMLVideoElement): Promise<File> {
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  canvas.getContext('2d')!.drawImage(video, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
  return new File([blob], 'camera.jpg', { type: blob.type });
}

/** Shows what the camera sees, and takes a picture of it; nothing is sent before. */
export function CameraDialog({ onClose, onPicture }: { onClose(): void; onPicture(file: File): void }) {
  const t = useTexts(texts);
  const { cancel } = useTexts(common);
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<'starting' | 'on' | 'refused'>('starting');
  useEffect(() => {
    let stream: MediaStream | undefined;
    let isClosed = false;
    const stop = (): void => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user' } }).then(
      (given) => {
        stream = given;
        if (isClosed || video.current === null) return stop();
        video.current.srcObject = given;
      },
      () => setState('refused'),
    );
    return () => {
      isClosed = true;
      stop();
    };
  }, []);
  const shoot = async (): Promise<void> => {
    onPicture(await pictureOf(video.current!));
    onClose();
  };
  return (
    <Dialog
      title={t.cameraTitle}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="primary" isDisabled={state !== 'on'} onPress={() => void shoot()}>
            {t.shoot}
          </Button>
        </>
      }
    >
      {state === 'refused' ? (
        <p role="alert">{t.cameraRefused}</p>
      ) : (
        <video
          ref={video}
          className={styles.video}
          autoPlay
          muted
          playsInline
          onPlaying={() => setState('on')}
        />
      )}
    </Dialog>
  );
}
