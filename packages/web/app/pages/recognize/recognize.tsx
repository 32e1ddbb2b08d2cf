import { Camera, ImagePlus } from 'lucide-react';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useTexts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { DropHint } from '../../ui/drop-hint.tsx';
import { PHOTO_TYPES, useGivenFiles } from '../../ui/files.ts';
import { Empty } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { CameraDialog, hasCamera } from './camera.tsx';
import { PhotoList } from './photo-list.tsx';
import { Result } from './result.tsx';
import { texts } from './texts.ts';
import { usePhotos } from './use-photos.ts';

/** Who is in photos that are dropped, pasted, chosen or taken. */
export default function Recognize() {
  const t = useTexts(texts);
  const { photos, add, clear } = usePhotos();
  const [chosen, setChosen] = useState<number | null>(null);
  const [isCameraOn, setCameraOn] = useState(false);
  const give = (files: readonly File[]): void => {
    setChosen(null);
    add(files);
  };
  const isOver = useGivenFiles((given) => give(given.map(({ file }) => file)), !isCameraOn);
  // what came last, until one is chosen
  const shown = photos.find(({ id }) => id === chosen) ?? photos.at(-1);
  const buttons = (
    <>
      <FileTrigger
        acceptedFileTypes={PHOTO_TYPES}
        allowsMultiple
        onSelect={(files) => files && give([...files])}
      >
        <Button kind="primary">
          <ImagePlus aria-hidden />
          {t.choose}
        </Button>
      </FileTrigger>
      {hasCamera && (
        <Button onPress={() => setCameraOn(true)}>
          <Camera aria-hidden />
          {t.camera}
        </Button>
      )}
    </>
  );
  return (
    <>
      <PageHead title={t.title}>
        {shown && buttons}
        {shown && (
          <Button kind="quiet" onPress={clear}>
            {t.clear}
          </Button>
        )}
      </PageHead>
      {shown ? (
        <>
          {photos.length > 1 && <PhotoList photos={photos} shown={shown.id} onChoose={setChosen} />}
          <Result key={shown.id} photo={shown} />
        </>
      ) : (
        <Empty title={t.emptyTitle} action={buttons}>
          {t.emptyLead}
        </Empty>
      )}
      {isCameraOn && <CameraDialog onClose={() => setCameraOn(false)} onPicture={(file) => give([file])} />}
      {isOver && <DropHint>{t.drop}</DropHint>}
    </>
  );
}
