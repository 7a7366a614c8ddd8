import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import SignaturePad from 'signature_pad';
import forms from '../app/forms.module.css';
import { isSigned } from '../app/stroke.rules.js';
import { useWords } from '../i18n/Words.js';
import styles from './Loans.module.css';

interface Props {
  /** Why there is none. */
  because: string;
  onBecause: (because: string) => void;
  /** The picture as it is drawn; null: nothing is. */
  onDraw: (picture: (() => Promise<File | null>) | null) => void;
}

const INK = 2;

/** Signed with a finger or a pen, or the reason why not. */
export const SignatureField = ({ because, onBecause, onDraw }: Props) => {
  const { t } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    element.width = element.clientWidth * INK;
    element.height = element.clientHeight * INK;
    element.getContext('2d')?.scale(INK, INK);
    const made = new SignaturePad(element, { penColor: '#1c1b19', backgroundColor: '#ffffff' });
    const picture = () =>
      new Promise<File | null>((resolve) => {
        element.toBlob(
          (blob) => resolve(blob && new File([blob], 'signature.png', { type: 'image/png' })),
          'image/png',
        );
      });
    const drawn = () => {
      if (isSigned(made.toData())) onDraw(picture);
    };
    made.addEventListener('endStroke', drawn);
    pad.current = made;
    return () => {
      made.removeEventListener('endStroke', drawn);
      made.off();
    };
  }, [onDraw]);
  return (
    <div className={forms.field}>
      <span>{t('loan.signature')}</span>
      <canvas ref={canvas} className={styles.signature} aria-label={t('loan.signature')} />
      <div className={styles.deeds}>
        <Button
          size="xs"
          onClick={() => {
            pad.current?.clear();
            onDraw(null);
          }}
        >
          {t('loan.signature.clear')}
        </Button>
      </div>
      <input
        value={because}
        maxLength={300}
        aria-label={t('loan.unsigned')}
        placeholder={t('loan.unsigned')}
        onChange={({ currentTarget }) => onBecause(currentTarget.value)}
      />
    </div>
  );
};
