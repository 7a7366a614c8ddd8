import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { sessionQuery } from '../api/queries.js';
import { logIn } from '../api/requests.js';
import { failureText } from '../app/failureText.js';
import { Mark } from '../app/glyphs.js';
import { LANGUAGE_NAMES, useLanguageSwitch } from '../app/languageSwitch.js';
import { useWords } from '../i18n/Words.js';
import { forgetLeaving } from '../offline/here.js';
import './login.css';
import styles from './Login.module.css';

/** The way in. Whoever was somewhere returns to it. */
export const Login = () => {
  const { t } = useWords();
  const { language, change } = useLanguageSwitch();
  const { to } = useSearch({ from: '/login' });
  const client = useQueryClient();
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const enter = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = String(form.get('email')).trim();
    const password = String(form.get('password'));
    if (!email || !password) return setProblem(t('login.required'));
    setBusy(true);
    setProblem(null);
    try {
      const session = await logIn(email, password);
      forgetLeaving();
      client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
      router.history.push(to ?? '/');
    } catch (error) {
      setProblem(failureText(error, language, t).message);
      setBusy(false);
    }
  };

  const other = language === 'es' ? 'en' : 'es';
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Mark size={44} className={styles.mark} />
        <h1>{t('login.title')}</h1>
        <p>{to ? t('login.returning') : t('login.lead')}</p>
        <form onSubmit={(event) => void enter(event)} noValidate>
          <TextInput name="email" type="email" label={t('login.email')} autoComplete="username" autoFocus size="md" />
          <PasswordInput
            name="password"
            label={t('login.password')}
            autoComplete="current-password"
            size="md"
            visibilityToggleButtonProps={{ 'aria-label': t('login.show') }}
          />
          <div role="alert" className={styles.problem}>
            {problem}
          </div>
          <Button type="submit" variant="filled" size="md" fullWidth loading={busy}>
            {t('login.enter')}
          </Button>
        </form>
      </div>
      <button type="button" className={styles.language} lang={other} onClick={() => void change(other)}>
        {LANGUAGE_NAMES[other]}
      </button>
    </main>
  );
};
