// Made from web/ by make web; sources 62abd48b450c957ff3141b1278cbbbfd80974e10e576741e71a2934be946b382
var o="sco:draw-below",n=".sco-grid";function l(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{l as default};
