"""The record -> web app, dossier, exports, command line."""
