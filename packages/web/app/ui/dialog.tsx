import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import styles from './dialog.module.css';

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose(): void;
  children: ReactNode;
  /** Buttons at its end: to leave it first, what it is for last. */
  actions: ReactNode;
  /** `alertdialog` where it asks about what cannot be undone: a click beside it does not close it. */
  role?: 'dialog' | 'alertdialog';
}

/** A question or a small form over the page: the keyboard stays in it, Escape leaves it. */
export function Dialog({ title, isOpen, onClose, children, actions, role = 'dialog' }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === 'dialog'}
      className={styles.overlay!}
    >
      <Modal className={styles.modal!}>
        <AriaDialog role={role} className={styles.dialog!}>
          <Heading slot="title" className={styles.title!}>
            {title}
          </Heading>
          <div className={styles.body}>{children}</div>
          <div className={styles.actions}>{actions}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
