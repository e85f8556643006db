/** What the page can do beyond being read. Without it every statement, table, drawing and line is still there. */
import { installTheme } from './theme-switch.js';

installTheme();
