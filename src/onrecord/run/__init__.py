"""How stages are executed: in this process or in a pool, by the ledger."""
