#!/usr/bin/env node
// Its own file, so that npm finds the command before anything is built.
import '../bundle/main.js';
