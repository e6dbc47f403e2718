// Made from web/ by make web; sources 2052f9075550b185505672675240f27494e064abeaf6e61350c01de65f765d0e
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
