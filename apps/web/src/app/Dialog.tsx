import { Modal, type ModalProps } from '@mantine/core';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../i18n/Words.js';

interface Props extends Pick<ModalProps, 'classNames' | 'centered'> {
  title: ReactNode;
  /** How wide at most, in px; `auto`: as wide as what is in it. */
  size?: number | 'auto';
  opened?: boolean;
  onClose: () => void;
  children: ReactNode;
}

const FIELD = 'input:not([type=hidden], [type=file], :disabled), select:not(:disabled), textarea:not(:disabled)';

/** Whoever opens a form writes at once: the keyboard begins in its first field, and only without one at the cross. */
const BeginInField = () => {
  const here = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const body = here.current?.closest('[data-modal-content]')?.querySelector('.mantine-Modal-body');
    if (!body || body.querySelector('[data-autofocus]')) return;
    const first = body.querySelector(FIELD);
    // Of choices the one that is made, as the Tab key would have it.
    const field = first?.closest('fieldset, [role=radiogroup]')?.querySelector('[type=radio]:checked') ?? first;
    // What opens a list as it gets the focus would cover the rest before anybody asked.
    if (field && !field.hasAttribute('aria-haspopup')) field.setAttribute('data-autofocus', '');
  }, []);
  return <span ref={here} hidden />;
};

/** Something to decide or to read before the screen below goes on. */
export const Dialog = ({ size = 480, opened = true, title, ...rest }: Props) => {
  const { t } = useWords();
  return (
    <Modal
      opened={opened}
      size={size}
      radius="lg"
      closeButtonProps={{ 'aria-label': t('app.close') }}
      title={
        <>
          {title}
          <BeginInField />
        </>
      }
      {...rest}
    />
  );
};
