/** Configurations: who has one bundler needs the typings of no other. */
import firnForEsbuild from '@firn/unplugin/esbuild';
import firnForRolldown from '@firn/unplugin/rolldown';
import firnForRollup from '@firn/unplugin/rollup';
import firnForRspack from '@firn/unplugin/rspack';
import firnForVite from '@firn/unplugin/vite';
import firnForWebpack from '@firn/unplugin/webpack';
import { defineConfig } from 'vite';

export const vite = defineConfig({ plugins: [firnForVite({ sets: 'alpenglow' })] });

export const others = [
  firnForEsbuild(),
  firnForRolldown(),
  firnForRollup(),
  firnForRspack(),
  firnForWebpack(),
];
