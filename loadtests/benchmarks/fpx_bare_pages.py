"""Constant pages of the size of the bank's, with what a buyer reads out of them."""

PAY = '<input name="account" value="1"><output data-testid="bank-token">000000</output>' + "<p>SANDBOX</p>" * 300
RESULT = "<button>Continue with Transaction</button>"
