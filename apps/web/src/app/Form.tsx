import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/Words.js';
import { Dialog } from './Dialog.js';
import forms from './forms.module.css';

interface Props {
  /** What sending it does. */
  deed: string;
  busy: boolean;
  /** What went wrong, as it is read. */
  problem: string | null;
  disabled?: boolean;
  /** Other things to do with it. */
  aside?: ReactNode;
  onSubmit: () => unknown;
  onCancel?: (() => void) | undefined;
  children: ReactNode;
}

/** What is asked; at its foot what went wrong and what can be done. */
export const Form = ({ deed, busy, problem, disabled = false, aside, onSubmit, onCancel, children }: Props) => {
  const { t } = useWords();
  return (
    <form
      className={forms.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      noValidate
    >
      {children}
      <p className={forms.problem} role="alert">
        {problem}
      </p>
      <div className={forms.deeds}>
        {aside}
        {onCancel ? <Button onClick={onCancel}>{t('app.cancel')}</Button> : null}
        <Button type="submit" variant="filled" loading={busy} disabled={disabled}>
          {deed}
        </Button>
      </div>
    </form>
  );
};

interface DialogProps extends Omit<Props, 'onCancel'> {
  title: string;
  size?: number;
  onClose: () => void;
}

/** A form in a dialog of its own. */
export const FormDialog = ({ title, size, onClose, ...form }: DialogProps) => (
  <Dialog title={title} {...(size ? { size } : {})} onClose={onClose}>
    <Form onCancel={onClose} {...form} />
  </Dialog>
);
