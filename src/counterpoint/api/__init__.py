"""The contract as declarations: for each type and field what it is made of, and what it means to a front end."""
