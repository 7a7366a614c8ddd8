import { Modal, type ModalProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/Words.js';

interface Props extends Pick<ModalProps, 'classNames' | 'centered'> {
  title: ReactNode;
  /** How wide at most, in px; `auto`: as wide as what is in it. */
  size?: number | 'auto';
  opened?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** Something to decide or to read before the screen below goes on. */
export const Dialog = ({ size = 480, opened = true, ...rest }: Props) => {
  const { t } = useWords();
  return (
    <Modal opened={opened} size={size} radius="lg" closeButtonProps={{ 'aria-label': t('app.close') }} {...rest} />
  );
};
