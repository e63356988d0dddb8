import { Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/language.tsx';

/** Asks something above the page; Escape closes it. The library's own header would be a second banner. */
export function Dialog(props: {
  readonly title: string;
  readonly close: () => void;
  readonly children: ReactNode;
}) {
  const { frame } = useTexts();
  return (
    <Modal.Root opened onClose={props.close} centered lockScroll={false}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <Group justify="space-between" wrap="nowrap" mb="sm">
            <Modal.Title fw={650}>{props.title}</Modal.Title>
            <Modal.CloseButton aria-label={frame.close} />
          </Group>
          {props.children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
