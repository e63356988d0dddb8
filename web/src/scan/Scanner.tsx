import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../texts/language.tsx';
import { createReadQr } from './read-qr.ts';

const everyMs = 150;

type Trouble = 'refused' | 'none';
type Props = {
  /** Whether a text is what was looked for; the camera goes on until it is. */
  readonly take: (text: string) => boolean;
  /** Said while a QR is seen that is something else. */
  readonly other: string;
};

/** A button that opens the camera until a QR is taken; pictures stay in the page. */
export function Scanner({ take, other }: Props) {
  const { scan } = useTexts();
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <Button variant="default" onClick={() => setOpen(true)} style={{ alignSelf: 'flex-start' }}>
        {scan.open}
      </Button>
    );
  }
  return <Camera take={take} other={other} close={() => setOpen(false)} />;
}

function Camera({ take, other, close }: Props & { readonly close: () => void }) {
  const { scan } = useTexts();
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [saysOther, setOther] = useState(false);
  // The camera is opened once, whatever the page becomes around it.
  const latest = useRef({ take, close });
  latest.current = { take, close };
  useEffect(() => {
    const seen = (text: string) => {
      const isTaken = latest.current.take(text);
      setOther(!isTaken);
      if (isTaken) latest.current.close();
      return isTaken;
    };
    return watch(video.current, seen, setTrouble);
  }, []);
  return (
    <Stack gap="xs" w="100%">
      {trouble === null ? (
        <>
          <video ref={video} className="viewfinder" muted playsInline aria-label={scan.picture} />
          <Text size="sm" role="status">
            {saysOther ? other : scan.hold}
          </Text>
        </>
      ) : (
        <Alert color="attention" role="alert" title={scan.troubles[trouble]} />
      )}
      <Group>
        <Button variant="default" onClick={close}>
          {scan.close}
        </Button>
      </Group>
    </Stack>
  );
}

/** Shows the camera and reads its pictures until a text is taken; gives what stops it. */
function watch(
  video: HTMLVideoElement | null,
  seen: (text: string) => boolean,
  fail: (trouble: Trouble) => void,
): () => void {
  let isOver = false;
  let stream: MediaStream | undefined;
  const stop = () => {
    isOver = true;
    for (const track of stream?.getTracks() ?? []) track.stop();
  };
  const run = async () => {
    const [read, opened] = await Promise.all([createReadQr(), openCamera()]);
    stream = opened;
    if (isOver || video === null) return stop();
    video.srcObject = opened;
    await video.play();
    while (!isOver) {
      const text = await read(video);
      if (!isOver && text !== null && seen(text)) return stop();
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  };
  run().catch((error: unknown) => {
    if (isOver) return;
    stop();
    fail(error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'none');
  });
  return stop;
}

function openCamera(): Promise<MediaStream> {
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
  return navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', ...size }, audio: false });
}
