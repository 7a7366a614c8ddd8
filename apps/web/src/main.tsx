import '@fontsource-variable/inter/index.css';
import './theme/mantine.css';
import './theme/tokens.css';
import './theme/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.js';
import { firstLanguage, loadMessages } from './i18n/Words.js';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
const language = firstLanguage();
const messages = await loadMessages(language);
createRoot(root).render(<App language={language} messages={messages} />);
