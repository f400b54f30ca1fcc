import { render } from 'solid-js/web';
import './styles/tokens.css';
import './styles/base.css';
import { applyTheme } from '../ui/shell/theme.ts';
import { App } from './App.tsx';

applyTheme();

const root = document.getElementById('app');
if (!root) throw new Error('index.html has no #app');
render(() => <App />, root);
