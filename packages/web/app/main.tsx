import './styles/tokens.css';
import './styles/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { queries } from './api/queries.ts';
import { Gate } from './shell/gate.tsx';
import { PreferencesProvider } from './texts/preferences.tsx';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <PreferencesProvider>
        <Router base="/ui">
          <Gate />
        </Router>
      </PreferencesProvider>
    </QueryClientProvider>
  </StrictMode>,
);
