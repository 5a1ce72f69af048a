"""HTTP: transfers, TLS, which addresses may be reached, manners."""
